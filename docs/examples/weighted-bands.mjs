// Weighted per cent of adults in each PHQ-9 band, complete forms only, from what `caseness score` writes:
//   caseness score phq-9 nhanes.csv --map q1=DPQ010,q2=DPQ020,q3=DPQ030,q4=DPQ040,q5=DPQ050,q6=DPQ060,q7=DPQ070,q8=DPQ080,q9=DPQ090 \
//     --missing 7:refused,9:not-known --where 'RIDAGEYR>=20' --keep RIAGENDR,WTMEC2YR --format ndjson | node weighted-bands.mjs
import { createInterface } from 'node:readline';

const bands = { '0-4': [0, 4], '5-9': [5, 9], '10-14': [10, 14], '15+': [15, 27], '10+': [10, 27] };
const groups = { all: () => true, men: (sex) => sex === '1', women: (sex) => sex === '2' };
const forms = [];
for await (const line of createInterface({ input: process.stdin })) {
  const { keep, result } = JSON.parse(line);
  if (result.scores.total.status === 'complete') forms.push({ sex: keep.RIAGENDR, weight: Number(keep.WTMEC2YR), total: result.scores.total.value });
}
const weigh = (some) => some.reduce((sum, { weight }) => sum + weight, 0);
for (const [name, includes] of Object.entries(groups)) {
  const group = forms.filter(({ sex }) => includes(sex));
  const share = ([from, to]) => ((100 * weigh(group.filter(({ total }) => total >= from && total <= to))) / weigh(group)).toFixed(1);
  console.log([name, `n=${group.length}`, ...Object.entries(bands).map(([band, edges]) => `${band}=${share(edges)}`)].join(' '));
}
