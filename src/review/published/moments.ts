/** Count, sum of weights, mean and spread of a series of numbers, taken up one by one. */
export interface Moments {
  n: number;
  weight: number;
  mean: number;
  /** Weighted sum of squares about the mean. */
  squares: number;
}

export const noMoments = (): Moments => ({ n: 0, weight: 0, mean: 0, squares: 0 });

/**
 * Takes up one value (West 1979): the mean and the spread come out without the loss of digits that sums of squares have.
 * Mutates, as it runs for each row of files of any size. A weight of 0 takes up nothing.
 */
export const addValue = (moments: Moments, value: number, weight: number): void => {
  if (weight === 0) return;
  moments.n += 1;
  moments.weight += weight;
  const apart = value - moments.mean;
  const step = (apart * weight) / moments.weight;
  moments.mean += step;
  moments.squares += weight * apart * (value - moments.mean);
};

/** Variance with n - 1, the weights scaled to sum to n; `null` below two values. */
export const varianceOf = ({ n, weight, squares }: Moments): number | null =>
  n < 2 ? null : squares / weight / ((n - 1) / n);
