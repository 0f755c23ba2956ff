// The public interface of `@netwright/data`: tables in, encoded splits and batches out. Pure functions over
// plain data; reading files is the caller's job.

export { type Batch, batches } from "./batch/batches.ts";
export { permutation } from "./batch/permutation.ts";
export {
  type Field,
  type FieldData,
  type FieldLayout,
  layoutOf,
  type RowStore,
  rowStore,
  rowsAsTheyLie,
} from "./batch/row-store.ts";
export { type WindowPlaces, windowedRows } from "./batch/windowed-rows.ts";
export { ENOUGH_ROWS } from "./check/rare-classes.ts";
export { type ColumnType, chosen, defineColumnType } from "./columns/column-type.ts";
export { columnTypes } from "./columns/table.ts";
export { FIRST_SECOND, LAST_SECOND } from "./dates/civil.ts";
export { spellDate } from "./dates/spell-date.ts";
export { type DataDefinitions, dataDefinitions } from "./definitions.ts";
export {
  calibratedScores,
  classesOf,
  decodeClasses,
  decodeLabels,
  decodeOutput,
  labelSeparator,
  likelyLabels,
  temperatureOf,
  thresholdOf,
  withTarget,
  withThreshold,
} from "./encode/decode-output.ts";
export { decodeSpread, type NumbersWithSpread } from "./encode/decode-spread.ts";
export { type EncodedInput, type EncodeResult, encodeInput } from "./encode/encode-input.ts";
export { encodeLabelled, type LabelledResult } from "./encode/encode-labelled.ts";
export { type Guess, guessOf } from "./encode/guess.ts";
export { columnsOfNumbers, inputsOf, networkInputs, outputOf } from "./encode/inputs.ts";
export { feedsOf, type LyingSeries, rowsOf, type Split, TARGETS, WEIGHTS } from "./encode/split-data.ts";
export type { Contract, NumberContract, WordContract } from "./fitted/contract.ts";
export type {
  FittedColumn,
  FittedEncoders,
  FittedNumbers,
  FittedWords,
  SeenValues,
  ValueRange,
} from "./fitted/fitted-encoders.ts";
export {
  type OpenColumn,
  type OpenEncoders,
  type OpenNumbers,
  type OpenResult,
  type OpenWords,
  openEncoders,
} from "./fitted/open-encoders.ts";
export { savedInterval } from "./fitted/read-column.ts";
export { checkEncoders, type EncodersResult, readEncoders, writeEncoders } from "./fitted/read-encoders.ts";
export { lostDigitsIn } from "./formats/cannot-read.ts";
export { type DuckDbColumn, DuckDbTable, unfitForQuery } from "./formats/duckdb/duckdb-table.ts";
export type { FormatResult } from "./formats/format.ts";
export { halfOf } from "./formats/half.ts";
export { header } from "./formats/header.ts";
export { loadedOnUse, NotYetLoaded, whenLoaded } from "./formats/load-on-use.ts";
export { unfitSettings } from "./formats/read-format.ts";
export { readTable } from "./formats/read-table.ts";
export { type FitsName, isPattern, namePattern, pathParts } from "./formats/several/file-pattern.ts";
export { firstOf, type TableSource } from "./formats/several/several.ts";
export { mostUnpacked } from "./formats/stated-size.ts";
export { SHEET_ROWS } from "./formats/workbook/sheet-size.ts";
export { isBeyondWindow } from "./formats/zstd-frame.ts";
export { type Block, blockOf } from "./influence/column-block.ts";
export { type Grid, gridOf } from "./influence/grid.ts";
export { type Overlay, overlaid, permutedRows } from "./influence/overlaid-rows.ts";
export { howGivesAway } from "./lint/gives-away.ts";
export { nearlyAll } from "./lint/nearly-constant.ts";
export { sentinelsIn } from "./lint/sentinels.ts";
export { readList } from "./lists/read-list.ts";
export { defineMissing, type MissingPolicy, type MissingRule } from "./missing/policy.ts";
export { missingPolicies } from "./missing/table.ts";
export { lookAtPictures, type PictureLooks } from "./pictures/look-at-pictures.ts";
export { type NamedPictures, takingNamedPictures } from "./pictures/named-pictures.ts";
export type { ReadPictureFile } from "./pictures/open-picture.ts";
export { isPicture } from "./pictures/picture-bytes.ts";
export { withPictureFiles } from "./pictures/picture-files.ts";
export type { DataPlan } from "./prepare/plan.ts";
export { type Prepared, type PrepareResult, prepare } from "./prepare/prepare.ts";
export {
  type Coding,
  defineNumberEncoder,
  defineScaling,
  type Encoder,
  type EncoderParams,
  type NumberEncoder,
  type Scaling,
  type UnknownWords,
  type WordEncoder,
} from "./preprocess/encoder.ts";
export { encoders } from "./preprocess/encoders.ts";
export { scaleNames } from "./preprocess/inner-scale.ts";
export { pixelScales, pixelScaling } from "./preprocess/picture-encoder.ts";
export { GREATEST_NORMAL_RANK } from "./preprocess/quantile.ts";
export { carryOut, type ScalingStep, type ScalingSteps } from "./preprocess/scaling-step.ts";
export { defineWordEncoder } from "./preprocess/word-encoder.ts";
export { wordsInSequence } from "./preprocess/words-in-sequence.ts";
export { type DataCode, dataCodes } from "./problem/codes.ts";
export type { DataProblem } from "./problem/problem.ts";
export { type RandomBelow, randomStream } from "./random/random-stream.ts";
export type {
  CellProblem,
  CellReading,
  OpenReading,
  ReadingParams,
  SavedReading,
} from "./reading/cell-reading.ts";
export { type ReadAs, readAs } from "./reading/read-as.ts";
export {
  type ByteSource,
  byteSource,
  type TableFile,
  type TableFiles,
  type TableInput,
} from "./scan/byte-source.ts";
export type { Naive } from "./series/naive.ts";
export type { PredictedRow } from "./series/predicted-rows.ts";
export { stepPhrase } from "./series/step.ts";
export type { SavedWindow, WindowPlan } from "./series/window-plan.ts";
export {
  notAskedHere,
  notInstalled,
  notLoaded,
  notOneQuery,
  refusedQuery,
} from "./sources/source-problems.ts";
export { defineSplitter, type RowsToDeal, type Splitter } from "./split/splitter.ts";
export { splitters } from "./split/table.ts";
export type { BytesOnDisk, RowWriter, Storage } from "./storage/storage.ts";
export { numbersOf as numbersInWords } from "./table/column-from-cells.ts";
export type { ColumnPattern } from "./table/column-pattern.ts";
export { type Dialect, type Reading, readingNote } from "./table/dialect.ts";
export { filesWithRows } from "./table/files-of-rows.ts";
export { missingWordList } from "./table/missing-words.ts";
export { type NumberFormat, PLAIN_NUMBERS } from "./table/number-text.ts";
export { oddCellsText } from "./table/odd-cells.ts";
export { type CsvOptions, type CsvResult, readCsv } from "./table/read-csv.ts";
export type { ReadSettings, Separator } from "./table/read-settings.ts";
export { type FileKind, isNetText, sniffKind } from "./table/sniff-kind.ts";
export {
  type ColumnSummary,
  type OddCell,
  type OddCells,
  summarize,
  type TableSummary,
} from "./table/summarize.ts";
export {
  allWords,
  type Column,
  findColumn,
  lacksValue,
  type NumberColumn,
  presentIn,
  type Table,
  type TextColumn,
  type Words,
  wordAt,
} from "./table/table.ts";
export { type InputRecord, tableFromRecords } from "./table/table-from-records.ts";
export { type TableStart, tableStart } from "./table/table-start.ts";
export { wordColumn } from "./table/word-column.ts";
export { type WordCount, wordCounts } from "./table/word-counts.ts";
export type { Answers } from "./teacher/teacher-answers.ts";
export type { TeacherPlan } from "./teacher/teacher-columns.ts";
export { wordsOf as wordsOfText } from "./texts/split-text.ts";
export { conformalRank, rowsForShare } from "./uncertainty/conformal.ts";
export {
  type Core,
  fitIntervals,
  fitSet,
  type Intervals,
  intervalProblem,
  intervalsOf,
  membersOf,
  setOf,
  withRadius,
} from "./uncertainty/intervals.ts";
export type { SavedInterval, SavedSet } from "./uncertainty/saved-interval.ts";
export { fitTemperature, softmax, tempered } from "./uncertainty/temperature.ts";
