/** E-mail addresses: the shape that every dialect agrees on. */

/** RFC 3696, erratum 1690: an address in a mail path has at most 254 characters. */
export const EMAIL_MAXIMUM = 254;

const EMAIL = /^[^\s@<>(),;:\\"[\]]+@[^\s@<>(),;:\\"[\]]+\.[^\s@<>(),;:\\"[\].]+$/;

/** One `@`, a local part, a dotted domain, no white space. Whether mail arrives only mail can tell. */
export const isEmail = (text: string): boolean => text.length <= EMAIL_MAXIMUM && EMAIL.test(text);
