import { errorCode } from './errno.ts';

/** What `parseArgs` refused, in Chinese: Node words it in English. */
export function argumentProblem(error: unknown, options: readonly string[], usage: string): string {
  const words: Record<string, string> = {
    ERR_PARSE_ARGS_UNKNOWN_OPTION: `有不认识的选项，只可用 ${options.join('、')}`,
    ERR_PARSE_ARGS_INVALID_OPTION_VALUE: `选项缺少值，或值不正确：${usage}`,
    ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL: `有多余的参数：${usage}`,
  };
  return `参数有误：${words[errorCode(error) ?? ''] ?? String(error)}`;
}
