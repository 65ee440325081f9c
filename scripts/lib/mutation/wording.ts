/**
 * Texts that people read stay unmutated: no rule test should pin their wording. A text is a string or a template with
 * Chinese characters. A template that decides something inside stays mutated, and so does every text that the system
 * itself goes by: the words of the matcher, and the names by which the columns of files are recognised.
 */

/** What is used of Babel's path to a node. */
interface NodePath {
  node: {
    value?: unknown;
    key?: { name?: string };
    expressions?: { type: string }[];
    quasis?: { value: { raw: string } }[];
  };
  isStringLiteral(): boolean;
  isTemplateLiteral(): boolean;
  isObjectProperty(): boolean;
  findParent(matches: (path: NodePath) => boolean): NodePath | null;
}

const CHINESE = /\p{Script=Han}/u;
const DECIDES_NOTHING = new Set(['Identifier', 'MemberExpression']);

function textsOf({ node }: NodePath, isString: boolean): string[] {
  if (isString) return [String(node.value)];
  const plain = node.expressions?.every(({ type }) => DECIDES_NOTHING.has(type)) ?? false;
  return plain ? (node.quasis ?? []).map(({ value }) => value.raw) : [];
}

const isReadByTheSystem = (path: NodePath) =>
  path.findParent((parent) => parent.isObjectProperty() && parent.node.key?.name === 'labels') !== null;

/** An ignorer of Stryker's instrumenter. */
export const wording = {
  shouldIgnore(path: NodePath): string | undefined {
    if (!path.isStringLiteral() && !path.isTemplateLiteral()) return undefined;
    const chinese = textsOf(path, path.isStringLiteral()).some((text) => CHINESE.test(text));
    return chinese && !isReadByTheSystem(path) ? 'a text that people read' : undefined;
  },
};
