import type { SelfTestFailure, SelfTestReport } from '../review/self-test/report.js';
import type { ExitStatus, Terminal } from './outcome.js';
import { printable } from './text-layout.js';

const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/** Digits of a digest that tell it from another at a glance. */
const SHOWN = 12;

const failureText = (failure: SelfTestFailure): string => {
  switch (failure.kind) {
    case 'case':
      return `${failure.of}: case '${failure.case}': ${failure.what}: expected ${failure.expected}, found ${failure.found}`;
    case 'digest':
      return (
        `${failure.of}: ${failure.digest} digest: recorded ${failure.recorded.slice(0, SHOWN)}… in ${failure.recordedIn.join(' and ')}, ` +
        `computed again ${failure.found.slice(0, SHOWN)}…`
      );
    case 'difference':
      return `${failure.of}: the ${failure.in} differs from what the definition gives: ${failure.at}: expected ${failure.expected}, found ${failure.found}`;
    case 'unusable':
      return `${failure.of}: the ${failure.part} cannot be used: ${failure.message}`;
  }
};

/** The report as text: each failure by instrument or pathway, then what was tested. */
export const selfTestText = ({ engine, status, tested, failures }: SelfTestReport): string => {
  const { instruments, pathways, cases, digests, definitions } = tested;
  const places = new Set(failures.map(({ of }) => of)).size;
  const lines = [
    ...failures.map(failureText),
    status === 'sound'
      ? `caseness ${engine} is sound`
      : `caseness ${engine} is NOT sound: ${counted(failures.length, 'failure')} in ${counted(places, 'instrument or pathway', 'instruments or pathways')}`,
    `  ${counted(cases, 'case')} of ${counted(instruments, 'instrument')} and ${counted(pathways, 'pathway')} run`,
    `  ${counted(digests, 'digest')} computed again`,
    `  ${counted(definitions, 'definition')} lowered again and held against the shipped instrument`,
  ];
  return `${lines.map(printable).join('\n')}\n`;
};

/** `caseness self-test`: 0 sound, 1 not. */
export const runSelfTest = async (
  json: boolean,
  selfTest: () => Promise<SelfTestReport>,
  terminal: Terminal,
): Promise<ExitStatus> => {
  const report = await selfTest();
  terminal.output.write(json ? `${JSON.stringify(report, null, 2)}\n` : selfTestText(report));
  return report.status === 'sound' ? 0 : 1;
};
