// The first recipe of the concrete table.

export const recipe = {
  Cement: 540,
  BlastFurnaceSlag: 0,
  FlyAsh: 0,
  Water: 162,
  Superplasticizer: 2.5,
  CoarseAggregate: 1040,
  FineAggregate: 676,
  Age: 28,
};
