import { parseArgs } from 'node:util';
import { SetupError } from './setup-error.ts';

type Flags = Record<string, { readonly type: 'string' | 'boolean'; readonly short?: string }>;
type Values<F extends Flags> = { [Name in keyof F]?: F[Name]['type'] extends 'string' ? string : boolean };

/** A wrong command line: ends with 2, as shell commands do. */
export class UsageError extends SetupError {}

/**
 * Parses a command line. Its mistakes are told in Chinese, from the tokens, because Node's messages are English. @throws
 * UsageError
 */
export function readFlags<const F extends Flags>(argv: readonly string[], options: F, hint: string): Values<F> {
  const { values, tokens } = parseArgs({
    args: [...argv],
    options,
    strict: false,
    tokens: true,
    allowPositionals: true,
  });
  for (const token of tokens) {
    const wrong = token.kind === 'option' ? wrongOption(token, options) : wrongArgument(token);
    if (wrong) throw new UsageError(wrong, [hint]);
  }
  return values;
}

/** A flag that takes a number from 1. @returns undefined where it is not given. @throws UsageError */
export function wholeFlag(name: string, text: string | undefined, hint: string): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new UsageError(`--${name} 应为正整数`, [hint]);
  return value;
}

interface OptionToken {
  name: string;
  rawName: string;
  value: string | undefined;
  inlineValue: boolean | undefined;
}

function wrongOption({ name, rawName, value, inlineValue }: OptionToken, options: Flags): string | undefined {
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (!option) return `没有 ${rawName} 这个选项。`;
  if (option.type === 'boolean') return value === undefined ? undefined : `选项 ${rawName} 不带值：${value}`;
  // In `--port --host x` the value is missing: what follows is the next option. A mere `-` is standard input.
  return value === undefined || (!inlineValue && /^-./.test(value)) ? `选项 ${rawName} 缺少值。` : undefined;
}

function wrongArgument(token: { kind: string; value?: string }): string | undefined {
  return token.kind === 'positional' ? `多余的参数：${token.value ?? ''}` : undefined;
}
