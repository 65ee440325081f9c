/**
 * Fills an empty database with a province at work, made by PostgreSQL itself: enterprises, registrations, cases of every
 * type with their breaches, records, notices. The same numbers always give the same rows.
 */
import { sql } from 'drizzle-orm';
import { CASE_TYPE_IDS, isFinal, STAGES } from '../../domain/case-types/case-types.ts';
import type { CaseType } from '../../domain/case/id.ts';
import type { Database } from '../../db/postgres/client.ts';

export interface ProvinceSize {
  cases: number;
  /** Enterprises: each has one name. */
  names: number;
}

/** The instant up to which the province has worked. */
export const NOW = new Date('2026-11-23T02:00:00Z');

/** Of a thousand cases. */
const SHARE_OF_TYPE: Partial<Record<CaseType, number>> = {
  registrationPush: 700,
  publication: 150,
  poolEntry: 60,
  rollback: 25,
  supervision: 15,
  correction: 10,
  complaint: 10,
  sanctionNotice: 10,
  supportMeasure: 10,
  listing: 5,
  sanctionLifting: 5,
};
/** Of a thousand cases of a type. */
const OPEN = 60;
/** The other final stages share what the first one leaves: most cases end as they should. */
const USUAL_END = 0.93;

/** Types whose cases no single department holds. */
const WITHOUT_HOLDER: CaseType[] = ['supervision', 'rollback', 'listing'];

/** How much more enterprises the first county has than the last. */
const SKEW = 1.6;

/** Characters of the invented part of a name. */
export const BRAND =
  '湘江岳麓洞庭衡沅水星城芙蓉雪峰桃源武陵天地人和金银瑞祥福禄寿喜鼎盛华兴隆昌达永安泰康德信义仁智勇诚明远高宏博广源' +
  '丰润泽新创联合众大同顺利吉庆春夏秋冬东南西北中正方圆海山林森木火土日月云风雨雷电龙凤虎鹤松竹梅兰菊荷';
/** The most frequent trades come first; a trade's share falls with its place. */
const TRADES = (
  '贸易 科技 商贸 餐饮 建设工程 信息技术 农业发展 实业 文化传媒 物流 建材 医药 教育咨询 电子商务 汽车服务 服饰 食品 装饰工程 ' +
  '劳务 环保科技 机械设备 生物科技 房地产开发 酒店管理 广告 投资 体育文化 旅游开发 物业管理 养殖 茶业 烟花 陶瓷 竹木制品 印刷 ' +
  '再生资源 新能源 测绘 安防 殡葬服务'
).split(' ');
const FORMS = [
  '有限公司',
  '有限公司',
  '有限公司',
  '有限责任公司',
  '（个人独资）经营部',
  '店',
  '农民专业合作社',
  '股份有限公司',
];
const SCOPE =
  '软件开发；信息系统集成服务；日用百货销售；建筑材料销售；会议及展览服务；竹编工艺品制作；家具安装和维修服务；花卉种植；' +
  '图文设计制作；人力资源服务（不含职业中介活动）；机械设备租赁；园林绿化工程施工；农副产品销售；办公设备耗材销售；电线电缆经营';

interface Stage {
  caseType: CaseType;
  stage: string;
  /** Of a million cases. */
  share: number;
}

function stages(): Stage[] {
  return CASE_TYPE_IDS.flatMap((caseType) => {
    const all = Object.keys(STAGES[caseType]);
    const [open, closed] = [all.filter((stage) => !isFinal(caseType, stage)), all.filter((s) => isFinal(caseType, s))];
    const ofType = SHARE_OF_TYPE[caseType] ?? 5;
    return [
      ...open.map((stage) => ({ caseType, stage, share: (ofType * OPEN) / open.length })),
      ...closed.map((stage, index) => {
        const usual = closed.length === 1 ? 1 : index === 0 ? USUAL_END : (1 - USUAL_END) / (closed.length - 1);
        return { caseType, stage, share: ofType * (1000 - OPEN) * usual };
      }),
    ];
  });
}

/** Fills the tables; indexes are built afterwards, which is several times as quick. */
export async function fillProvince(db: Database, size: ProvinceSize): Promise<void> {
  await db.transaction(async (tx) => {
    // One process draws all numbers, so that a seed decides them.
    await tx.execute(sql`set local max_parallel_workers_per_gather = 0`);
    await tx.execute(sql`set local work_mem = '256MB'`);
    await tx.execute(sql`set local maintenance_work_mem = '512MB'`);
    // Nobody listens, and each row would be announced.
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.execute(sql`select setseed(0.2026)`);
    const { rows: indexes } = await tx.execute<{ name: string; definition: string }>(sql`
      select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
      where not indisunique and indrelid = any(${FILLED}::text[]::regclass[])`);
    for (const { name } of indexes) await tx.execute(sql.raw(`drop index ${name}`));
    for (const statement of [...places(), enterprises(size), matters(size), ...rowsOfCases(), ...others()]) {
      await tx.execute(statement);
    }
    for (const { definition } of indexes) await tx.execute(sql.raw(definition));
  });
  await db.execute(sql`vacuum analyze`);
}

const FILLED = '{enterprises,registrations,cases,pool_scopes,rungs,deadlines,notices,records,record_versions}';

/** Temporary tables of what is drawn from: counties with their sectors, stages with their bounds. */
function places() {
  const bounds = stages().reduce<{ rows: (Stage & { until: number })[]; sum: number }>(
    ({ rows, sum }, one) => ({ rows: [...rows, { ...one, until: sum + one.share }], sum: sum + one.share }),
    { rows: [], sum: 0 },
  );
  const drawn = bounds.rows.map(({ caseType, stage, until }) => ({
    case_type: caseType,
    stage,
    status: isFinal(caseType, stage) ? 'closed' : 'open',
    held: !WITHOUT_HOLDER.includes(caseType) && !(caseType === 'poolEntry' && stage === 'published'),
    until: until / bounds.sum,
  }));
  return [
    // A city district registers more than a mountain county, and a county more than its prefecture itself.
    sql`create temp table county on commit drop as
      select row_number() over (order by level = 'prefecture', md5(code)) - 1 as place, code,
        replace(replace(replace(name, '市', ''), '县', ''), '区', '') as word,
        (select array_agg(d.code order by d.code) from departments d where d.region_code = regions.code) as holders
      from regions where level <> 'province'`,
    sql`create temp table drawn on commit drop as
      select * from jsonb_to_recordset(${JSON.stringify(drawn)}::jsonb)
        as one (case_type text, stage text, status text, held boolean, until float8)`,
    // A thousand equal slots, so that drawing a stage is a lookup.
    sql`create temp table slot on commit drop as
      select slot, drawn.* from generate_series(0, 9999) slot,
        lateral (select * from drawn where until >= (slot + 0.5) / 10000 order by until limit 1) drawn`,
    sql`create index on county (place)`,
    sql`create index on slot (slot)`,
    sql`analyze county`,
    sql`analyze slot`,
  ];
}

const array = (values: string[]) => sql`${`{${values.join(',')}}`}::text[]`;
const [brand, trades, forms] = [array(Array.from(BRAND)), array(TRADES), array(FORMS)];
const anyOf = (values: typeof brand) =>
  sql`(${values})[1 + (random() * (cardinality(${values}) - 0.001))::int % cardinality(${values})]`;

function enterprises({ names }: ProvinceSize) {
  return sql`insert into enterprises (uscc, name, kind, region_code, registered_on, updated_at)
    select '91' || code || lpad(n::text, 10, '0'),
      case when head < 0.5 then word when head < 0.7 then '湖南' else '' end
        || ${anyOf(brand)} || ${anyOf(brand)} || case when head < 0.3 then ${anyOf(brand)} else '' end
        || (${trades})[1 + floor(${TRADES.length} * trade * trade * trade)::int] || ${anyOf(forms)},
      'enterprise', code, date '2026-11-23' - (random() * 700)::int, ${NOW.toISOString()}::timestamptz
    from (select n, random() as head, random() as trade,
      floor(power(random(), ${SKEW}) * (select count(*) from county))::int as place
      from generate_series(1, ${names}::int) n offset 0) one join county using (place)
    order by n`;
}

/** What the cases are about, in a temporary table: when, where, whose, of which type and stage. */
function matters({ cases, names }: ProvinceSize) {
  return sql`create temp table matter on commit drop as
    select n, case_type, stage, status, e.uscc, e.name, e.region_code, opened_at,
      case when held then holders[1 + floor(power(holder, 2) * cardinality(holders))::int] end as department_code,
      to_char(opened_at, 'YYYYMMDD') || lpad(n::text, 8, '0') as number,
      case when status = 'open' then
        case when pause < 0.9 then opened_at + interval '1 minute' * (4000 + 36000 * ending)::int end end as due_at,
      case when status = 'closed' then opened_at + interval '1 day' * (1 + 20 * ending) end as closed_at,
      late < 0.05 as is_late, late < 0.01 as is_statutory, late * 20 as lateness
    from (select n, random() as holder, random() as pause, random() as ending, random() as late,
        floor(random() * 10000)::int as slot, 1 + floor(random() * ${names})::int as enterprise,
        -- What is open began in the last weeks, what is closed in the last two years.
        random() as age
      from generate_series(1, ${cases}::int) n offset 0) one
    join slot using (slot)
    join (select row_number() over () as enterprise, * from enterprises) e using (enterprise)
    join county on county.code = e.region_code,
    lateral (select date_trunc('second', ${NOW.toISOString()}::timestamptz
      - interval '1 day' * case when status = 'open' then age * 20 else 25 + age * 700 end) as opened_at) began
    order by opened_at`;
}

const TYPE_ID = sql`case case_type when 'registrationPush' then 'push' when 'poolEntry' then 'pool' else case_type end`;
const CASE_ID = sql`${TYPE_ID} || '~' || number || '~' || coalesce(department_code, region_code) || '~1'`;

function rowsOfCases() {
  return [
    sql`insert into registrations (registration_no, uscc, name, kind, origin, region_code, scope, event, registered_on,
        content_hash, catalogue_version, accepted_at, accepted_by)
      select number, uscc, name, 'enterprise', 'in-province', region_code, substr(${SCOPE}, 1 + n % 40, 40 + n % 60),
        case when n % 20 = 0 then 'cancel' when n % 5 = 0 then 'change' else 'establish' end,
        opened_at::date, '', '', opened_at, 'x'
      from matter where case_type in ('registrationPush', 'poolEntry')`,
    sql`insert into cases (case_id, case_type, stage, status, case_no, uscc, round, department_code, region_code, opened_at,
        closed_at, due_at, breached_at, facts, step)
      select ${CASE_ID}, case_type, stage, status, number, uscc, 1, department_code, region_code, opened_at, closed_at, due_at,
        case when is_late then opened_at + interval '1 day' * (3 + 10 * lateness) end,
        case when case_type = 'registrationPush' and stage = 'returned' then jsonb_build_object('returnReason',
          jsonb_build_object('reasonCode', (array['wrong-department', 'not-in-scope', 'wrong-level', 'other'])[1 + n % 4]))
        else '{}' end, 3
      from matter`,
    sql`insert into pool_scopes (case_id, scope)
      select case_id, scope from cases join registrations on registration_no = case_no where case_type = 'poolEntry'`,
    sql`insert into rungs (case_id, limit_id, rung, due_at, fired_at, answering)
      select ${CASE_ID}, case when is_statutory then 'registrationPush.aggregation' else 'registrationPush.claim' end, 'due', at, at,
        department_code
      from matter, lateral (select opened_at + interval '1 day' * (3 + 10 * lateness) as at) as breach where is_late`,
    sql`insert into deadlines (case_id, limit_id, working_days, kind, started_at, rungs, start_date, due_date, due_at,
        calendar_version, provisional)
      select ${CASE_ID}, 'registrationPush.feedback', 10, 'statutory', opened_at, '[]', opened_at::date, due_at::date, due_at,
        'cn-2026.1', false
      from matter where due_at is not null`,
    sql`insert into notices (key, topic, case_id, urgency, region_code, department_code, role, title, body, article, at)
      select 'k' || n, 'opened', ${CASE_ID}, 'info', region_code, department_code,
        case when department_code is null then 'registering-authority' end, '', '', '', opened_at
      from matter where n % 3 = 0`,
  ];
}

/** 公示信息: some enterprises have several records. */
function others() {
  return [
    sql`insert into records (record_id, kind, document_no, uscc, department_code, region_code, generated_on, received_at,
        section, version, published_at)
      select md5(n::text), 'permit', number, uscc, department_code, region_code, opened_at::date, opened_at, 'permits', 1, closed_at
      from matter where case_type = 'publication' and department_code is not null`,
    sql`insert into record_versions (record_id, version, content, content_hash, submitted_by, case_id, shown_from, taken_up_at)
      select md5(n::text), 1, jsonb_build_object('generatedOn', opened_at::date), '', 'x', ${CASE_ID}, closed_at, closed_at
      from matter where case_type = 'publication' and department_code is not null`,
  ];
}
