/** Errors at their fields: those that the schema finds here, and those that the server answers. */
import type { FormInstance } from 'antd';
import type { Problem } from '../../../api/plugins/problems.ts';

export interface FieldError {
  /** From the body inwards: `changes`, `0`, `after`. */
  path: readonly string[];
  message: string;
}

/** The name of the form's field that an error is about; absent, the outermost name of its path. */
export type NameOf = (path: readonly string[]) => string | undefined;

/** The server writes a path as a JSON pointer. */
export const serverErrors = (errors: readonly { path: string; message: string }[] = []): FieldError[] =>
  errors.map(({ path, message }) => ({ path: path.split('/').filter(Boolean), message }));

/**
 * What is shown at which field.
 * @param otherwise the field for what the form does not ask; absent, it is told elsewhere.
 */
export function placed(
  errors: readonly FieldError[],
  fields: readonly string[],
  nameOf: NameOf = ([outermost]) => outermost,
  otherwise?: string,
): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { path, message } of errors) {
    const name = nameOf(path);
    const field = name !== undefined && fields.includes(name) ? name : otherwise;
    if (field === undefined) continue;
    const said = found.get(field) ?? [];
    if (!said.includes(message)) found.set(field, [...said, message]);
  }
  return found;
}

function show(form: FormInstance, found: Map<string, string[]>): void {
  form.setFields([...found].map(([name, errors]) => ({ name, errors })));
}
const namesIn = (form: FormInstance) => form.getFieldsError().map(({ name }) => String(name[0]));

/** What the schema finds. Nothing else tells it, so what the form does not ask is told at its last field, in its own words. */
export function showFound(form: FormInstance, errors: readonly FieldError[], nameOf?: NameOf): void {
  const fields = namesIn(form);
  show(form, placed(errors, fields, nameOf, fields.at(-1)));
}

/** What the server answers, at its fields; the alert tells all of it. */
export function showAnswered(form: FormInstance, problem: Pick<Problem, 'errors'>, nameOf?: NameOf): void {
  show(form, placed(serverErrors(problem.errors), namesIn(form), nameOf));
}
