/** fhirpath.js over a FHIR R4 QuestionnaireResponse that holds the same answers: sum and band, compiled once. */
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';
import { auditCodes, type Form, phq9Codes } from './forms.js';

/** The cheapest response that FHIRPath can sum: one flat item for each answer, with a bare integer. */
export const bareResponse = (form: Form): object => ({
  resourceType: 'QuestionnaireResponse',
  status: 'completed',
  item: Object.entries(form).map(([linkId, valueInteger]) => ({ linkId, answer: [{ valueInteger }] })),
});

const coding = (code: number): object => ({ system: 'urn:example:frequency', code: String(code) });

/** The response that form fillers write for a screening form: a coding for each answer. */
export const codedResponse = (form: Form): object => ({
  resourceType: 'QuestionnaireResponse',
  status: 'completed',
  item: Object.entries(form).map(([linkId, code]) => ({ linkId, answer: [{ valueCoding: coding(code) }] })),
});

/** The questionnaire of such a response, where the weight of each option stands. */
const questionnaire = (codes: Readonly<Record<string, readonly number[]>>): object => ({
  resourceType: 'Questionnaire',
  status: 'active',
  item: Object.entries(codes).map(([linkId, of]) => ({
    linkId,
    type: 'choice',
    answerOption: of.map((code) => ({
      extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/ordinalValue', valueDecimal: code }],
      valueCoding: coding(code),
    })),
  })),
});

// Without the R4 model `value` finds nothing and every sum is silently 0.
const compiled = (
  expression: string,
  environment: Readonly<Record<string, object>> = {},
): ((resource: object) => readonly unknown[]) => {
  const evaluate = fhirpath.compile(expression, r4);
  return (resource) => {
    const found: unknown = evaluate(resource, environment);
    return Array.isArray(found) ? found : [];
  };
};

const phq9Band =
  "select($this | iif($this < 5, 'minimal', iif($this < 10, 'mild', iif($this < 15, 'moderate', iif($this < 20, 'moderately severe', 'severe')))))";
const auditBand =
  "select($this | iif($this < 8, 'lower', iif($this < 16, 'increasing', iif($this < 20, 'higher', 'possible dependence'))))";

/** `[total, band]`. A missing answer counts as nothing: the expression cannot tell. */
export const phq9FromBare = compiled(`item.answer.value.sum().${phq9Band}`);
export const phq9FromCoded = compiled(`item.answer.value.weight().sum().${phq9Band}`, {
  questionnaire: questionnaire(phq9Codes),
});
export const auditFromBare = compiled(`item.answer.value.sum().${auditBand}`);
export const auditFromCoded = compiled(`item.answer.value.weight().sum().${auditBand}`, {
  questionnaire: questionnaire({ ...auditCodes, q1: [0, 1, 2, 3, 4] }),
});
