// What the three numbers of a pixel of a JPEG are: nearly always brightness and two differences to it, and in files of a few programs
// red, green and blue. No mark says it by itself: it follows from several, in the order in which libjpeg asks for them.

export interface ColourNotes {
  /** JFIF has brightness alone. */
  isJfif: boolean;
  /** What Adobe's note says was done to the colours; 0 is nothing. */
  transform: number | null;
  /** The numbers by which the frame calls its colours. */
  names: readonly number[];
}

const JFIF = "JFIF\0";
const ADOBE = "Adobe";
const RGB = "RGB";

/** Takes what a segment, without its mark and length, says of colours. */
export function noteColours(notes: ColourNotes, marker: number, segment: Uint8Array): void {
  if (marker === 0xe0 && segment.length >= 14 && beginsWith(segment, JFIF)) notes.isJfif = true;
  if (marker === 0xee && segment.length >= 12 && beginsWith(segment, ADOBE))
    notes.transform = segment[11] ?? null;
  if (marker >= 0xc0 && marker <= 0xc2) notes.names = [6, 9, 12].map((place) => segment[place] ?? 0);
}

export function isRgb({ isJfif, transform, names }: ColourNotes): boolean {
  if (isJfif) return false;
  if (transform !== null) return transform === 0;
  return String.fromCharCode(...names) === RGB;
}

function beginsWith(segment: Uint8Array, text: string): boolean {
  return [...text].every((letter, place) => segment[place] === letter.charCodeAt(0));
}
