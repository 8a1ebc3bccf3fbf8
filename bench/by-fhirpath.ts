/**
 * fhirpath.js over a FHIR R4 QuestionnaireResponse that holds the same answers: sum and band. `plain` is the call that its
 * README shows and most people write, `fhirpath.evaluate(resource, expression, environment, model)`; `compiled` parses the
 * expression once and keeps the function.
 */
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

type Environment = Readonly<Record<string, object>>;
type Evaluate = (resource: object) => readonly unknown[];

const asList = (found: unknown): readonly unknown[] => (Array.isArray(found) ? found : []);

// Without the R4 model `value` finds nothing and every sum is silently 0.
const plain = (expression: string, environment: Environment): Evaluate => {
  return (resource) => asList(fhirpath.evaluate(resource, expression, environment, r4));
};

const compiled = (expression: string, environment: Environment = {}): Evaluate => {
  const evaluate = fhirpath.compile(expression, r4);
  return (resource) => asList(evaluate(resource, environment));
};

const phq9Band =
  "select($this | iif($this < 5, 'minimal', iif($this < 10, 'mild', iif($this < 15, 'moderate', iif($this < 20, 'moderately severe', 'severe')))))";
const auditBand =
  "select($this | iif($this < 8, 'lower', iif($this < 16, 'increasing', iif($this < 20, 'higher', 'possible dependence'))))";

const phq9Weights = { questionnaire: questionnaire(phq9Codes) };
const auditWeights = { questionnaire: questionnaire({ ...auditCodes, q1: [0, 1, 2, 3, 4] }) };
const phq9Coded = `item.answer.value.weight().sum().${phq9Band}`;
const auditCoded = `item.answer.value.weight().sum().${auditBand}`;

/** `[total, band]`. A missing answer counts as nothing: the expression cannot tell. */
export const phq9FromBare = compiled(`item.answer.value.sum().${phq9Band}`);
export const phq9FromCoded = compiled(phq9Coded, phq9Weights);
export const phq9Plain = plain(phq9Coded, phq9Weights);
export const auditFromBare = compiled(`item.answer.value.sum().${auditBand}`);
export const auditFromCoded = compiled(auditCoded, auditWeights);
export const auditPlain = plain(auditCoded, auditWeights);
