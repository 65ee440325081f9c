/** Why a workbook is refused as a whole. */
import { Refusal } from '../../../../domain/errors.ts';

export const damaged = (what = '') =>
  new Refusal('input.invalid', `工作簿已损坏，或不是有效的 .xlsx 文件${what && `（${what}）`}`, {
    remedy: '请在表格软件中打开核对，另存为“Excel 工作簿（.xlsx）”后重新上传',
  });

export const tooLarge = (message: string) =>
  new Refusal('input.too-large', message, { remedy: '请将内容分成几个文件，或另存为 CSV 后上传' });

/** Libraries throw plain errors about what the sender sent; errors of our own disk have a system call. */
export function asWorkbookError(error: unknown): unknown {
  if (error instanceof Refusal || !(error instanceof Error) || 'syscall' in error) return error;
  return Object.assign(damaged(), { cause: error });
}
