/** Which passwords are accepted. Only length and rarity count: rules about special characters make people write them down. */
import { z } from 'zod';

const SHORTEST = 10;

/** The commonest passwords of at least that length, and the one that the demonstration publishes. */
const COMMONEST = new Set([
  '0123456789',
  '1234567890',
  '1234567891',
  '12345678910',
  '123456789a',
  '9876543210',
  '1q2w3e4r5t',
  '1qaz2wsx3edc',
  'a123456789',
  'aa123456789',
  'abc123456789',
  'abcd123456',
  'abcdefghij',
  'admin123456',
  'administrator',
  'asdfghjkl;',
  'iloveyou123',
  'password12',
  'password123',
  'password1234',
  'qwerty12345',
  'qwerty123456',
  'qwertyuiop',
  'woaini1314',
  'woaini1314520',
  'woaini520520',
  'xietong-demo',
]);

const isCommon = (password: string): boolean => COMMONEST.has(password.toLowerCase()) || /^(.)\1+$/su.test(password);

export const passwordSchema = z
  .string('请填写密码')
  .min(SHORTEST, `密码不得少于${SHORTEST}个字符`)
  .max(200, '密码不得超过200个字符')
  .refine((password) => !isCommon(password), '该密码过于常见，请另选')
  .describe(`密码：不少于${SHORTEST}个字符，不得为常见密码`);

/** Whether the password contains the username, so that whoever knows the account could guess it. */
export const tellsUsername = (password: string, username: string): boolean =>
  password.toLowerCase().includes(username.toLowerCase());
