// Which columns of a table are those of a teacher: the names that a file lists, or those that fit its pattern.

/** What a training is fed as the teacher's answers: a number for each target, or a logit for each class. */
export const TEACHER = "teacher";

/** And as whether a row has a truth, and whether it has an answer: 1 or 0 for both. */
export const ANSWERED = "answered";

/** A column with what stands in the place of `*`; of one that is listed its own name. */
export interface TeacherColumn {
  readonly name: string;
  readonly part: string;
}

/** Whether it stands for the columns that fit it. */
export function isTeacherPattern(stated: readonly string[]): boolean {
  const [only = "", ...others] = stated;
  return others.length === 0 && only.includes("*");
}

/** In the order of the list, or of the table; `names` are those of its columns. Nothing fits a second `*` but itself. */
export function teacherColumns(
  stated: readonly string[],
  names: readonly string[],
): readonly TeacherColumn[] {
  if (!isTeacherPattern(stated)) return stated.map((name) => ({ name, part: name }));
  const [pattern = ""] = stated;
  const star = pattern.indexOf("*");
  const [before, behind] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return names.flatMap((name) => {
    const part = name.slice(before.length, name.length - behind.length);
    const fits = name.length > before.length + behind.length && name.startsWith(before);
    return fits && name.endsWith(behind) ? [{ name, part }] : [];
  });
}
