// What other libraries reach on the twelve tables, by root mean squared error or log loss on the rows `test`, as
// score_peers.py measures it: scikit-learn 1.9.1, CatBoost 1.2.10, pytabkit 1.8.0.

export const PEERS = ["hgb", "mlp", "catboost", "realmlp"] as const;
export type Peer = (typeof PEERS)[number];
export type Scores = Readonly<Partial<Record<Peer, number>>>;

/** On how many of twelve tables ours is to be better. */
export const ASKED: Readonly<Partial<Record<Peer, number>>> = { hgb: 9, mlp: 9, catboost: 6 };

export const RECORDED: Readonly<Record<string, Scores>> = {
  Carseats: { hgb: 1.132, mlp: 0.86717, catboost: 1.1147, realmlp: 0.94978 },
  Chile: { hgb: 1.1809, mlp: 0.84605, catboost: 0.84276, realmlp: 0.87817 },
  Computers: { hgb: 160.31, mlp: 184.36, catboost: 145.52 },
  HousePrices: { hgb: 16_960, mlp: 16_046, catboost: 15_728, realmlp: 16_041 },
  Sacramento: { hgb: 75_820, mlp: 69_653, catboost: 70_333, realmlp: 76_039 },
  TitanicSurvival: { hgb: 0.47094, mlp: 0.44326, catboost: 0.43938, realmlp: 0.46404 },
  Wage: { hgb: 37.934, mlp: 36.843, catboost: 36.532 },
  credit_data: { hgb: 0.44718, mlp: 0.44187, catboost: 0.42376 },
  diamonds: { hgb: 588.2, mlp: 596.94, catboost: 550.55 },
  mlc_churn: { hgb: 0.19276, mlp: 0.23389, catboost: 0.15862 },
  penguins: { hgb: 0.18255, mlp: 0.035737, catboost: 0.046448, realmlp: 0.076496 },
  spam7: { hgb: 0.34362, mlp: 0.34565, catboost: 0.33442 },
};
