import { must } from '#shared/base/must.ts';

/**
 * The job shops of Taillard (1993, Benchmarks for basic scheduling problems, EJOR 64), made as he made them: durations of
 * 1 to 99 and a shuffled route per job from two linear congruential generators. Numbered from ta01.
 */

interface Recipe {
  readonly jobs: number;
  readonly machines: number;
  readonly seeds: readonly (readonly [times: number, machines: number])[];
}

const RECIPES: readonly Recipe[] = [
  {
    jobs: 15,
    machines: 15,
    seeds: [
      [840_612_802, 398_197_754],
      [1_314_640_371, 386_720_536],
      [1_227_221_349, 316_176_388],
      [342_269_428, 1_806_358_582],
      [1_603_221_416, 1_501_949_241],
      [1_357_584_978, 1_734_077_082],
      [44_531_661, 1_374_316_395],
      [302_545_136, 2_092_186_050],
      [1_153_780_144, 1_393_392_374],
      [73_896_786, 1_544_979_948],
    ],
  },
  {
    jobs: 20,
    machines: 15,
    seeds: [
      [533_484_900, 317_419_073],
      [1_894_307_698, 1_474_268_163],
      [874_340_513, 509_669_280],
      [1_124_986_343, 1_209_573_668],
      [1_463_788_335, 529_048_107],
      [1_056_908_795, 25_321_885],
      [195_672_285, 1_717_580_117],
      [961_965_583, 1_353_003_786],
      [1_610_169_733, 1_734_469_503],
      [532_794_656, 998_486_810],
    ],
  },
  {
    jobs: 20,
    machines: 20,
    seeds: [
      [1_035_939_303, 773_961_798],
      [5_997_802, 1_872_541_150],
      [1_357_503_601, 722_225_039],
      [806_159_563, 1_166_962_073],
      [1_902_815_253, 1_879_990_068],
      [1_503_184_031, 1_850_351_876],
      [1_032_645_967, 99_711_329],
      [229_894_219, 1_158_117_804],
      [823_349_822, 108_033_225],
      [1_297_900_341, 489_486_403],
    ],
  },
  {
    jobs: 30,
    machines: 15,
    seeds: [
      [98_640_593, 1_981_283_465],
      [1_839_268_120, 248_890_888],
      [573_875_290, 2_081_512_253],
      [1_670_898_570, 788_294_565],
      [1_118_914_567, 1_074_349_202],
      [178_750_207, 294_279_708],
      [1_549_372_605, 596_993_084],
      [798_174_738, 151_685_779],
      [553_410_952, 1_329_272_528],
      [1_661_531_649, 1_173_386_294],
    ],
  },
  {
    jobs: 30,
    machines: 20,
    seeds: [
      [1_841_414_609, 1_357_882_888],
      [2_116_959_593, 1_546_338_557],
      [796_392_706, 1_230_864_158],
      [532_496_463, 254_174_057],
      [2_020_525_633, 978_943_053],
      [524_444_252, 185_526_083],
      [1_569_394_691, 487_269_855],
      [1_460_267_840, 1_631_446_539],
      [198_324_822, 1_937_476_577],
      [38_071_822, 1_541_985_579],
    ],
  },
  {
    jobs: 50,
    machines: 15,
    seeds: [
      [17_271, 718_939],
      [660_481_279, 449_650_254],
      [352_229_765, 949_737_911],
      [1_197_518_780, 166_840_558],
      [1_376_020_303, 483_922_052],
      [2_106_639_239, 955_932_362],
      [1_765_352_082, 1_209_982_549],
      [1_105_092_880, 1_349_003_108],
      [907_248_070, 919_544_535],
      [2_011_630_757, 1_845_447_001],
    ],
  },
  {
    jobs: 50,
    machines: 20,
    seeds: [
      [8_493_988, 2_738_939],
      [1_991_925_010, 709_517_751],
      [342_093_237, 786_960_785],
      [1_634_043_183, 973_178_279],
      [341_706_507, 286_513_148],
      [320_167_954, 1_411_193_018],
      [1_089_696_753, 298_068_750],
      [433_032_965, 1_589_656_152],
      [615_974_477, 331_205_412],
      [236_150_141, 592_292_984],
    ],
  },
  {
    jobs: 100,
    machines: 20,
    seeds: [
      [302_034_063, 1_203_569_070],
      [1_437_643_198, 1_692_025_209],
      [1_792_475_497, 1_039_908_559],
      [1_647_273_132, 1_012_841_433],
      [696_480_901, 1_689_682_358],
      [1_785_569_423, 1_092_647_459],
      [117_806_902, 739_059_626],
      [1_639_154_709, 1_319_962_509],
      [2_007_423_389, 749_368_241],
      [682_761_130, 262_763_021],
    ],
  },
];

/** Shortest makespan that anybody has published (jsplib, 2026), by number; where it is proven the shortest of all, it stands alone. */
const BEST_KNOWN: readonly (number | readonly [provenBound: number, best: number])[] = [
  1_231,
  1_244,
  1_218,
  1_175,
  1_224,
  1_238,
  1_227,
  1_217,
  1_274,
  1_241,
  1_357,
  1_367,
  1_342,
  1_345,
  1_339,
  1_360,
  1_462,
  1_396,
  1_332,
  1_348,
  1_642,
  1_600,
  1_557,
  1_644,
  1_595,
  1_643,
  1_680,
  1_603,
  1_625,
  [1_562, 1_584],
  1_764,
  [1_774, 1_783],
  1_791,
  1_828,
  2_007,
  1_819,
  1_771,
  1_673,
  1_795,
  [1_658, 1_669],
  [1_926, 2_005],
  [1_900, 1_937],
  [1_809, 1_846],
  [1_961, 1_978],
  1_997,
  [1_976, 2_002],
  [1_827, 1_889],
  [1_921, 1_937],
  [1_938, 1_960],
  [1_848, 1_923],
  2_760,
  2_756,
  2_717,
  2_839,
  2_679,
  2_781,
  2_943,
  2_885,
  2_655,
  2_723,
  2_868,
  2_869,
  2_755,
  2_702,
  2_725,
  2_845,
  2_825,
  2_784,
  3_071,
  2_995,
  5_464,
  5_181,
  5_568,
  5_339,
  5_392,
  5_342,
  5_436,
  5_394,
  5_358,
  5_183,
];

/** What native CP-SAT published of ta21 to ta50 after ten minutes (jsplib, 2026). */
const CP_SAT: readonly number[] = [
  1667, 1609, 1580, 1646, 1625, 1691, 1709, 1620, 1647, 1603, 1766, 1852, 1841, 1855, 2007, 1823, 1820, 1720,
  1795, 1717, 2082, 2002, 1944, 2056, 2019, 2082, 1991, 2002, 2043, 2023,
];

export const TAILLARD_COUNT = BEST_KNOWN.length;

/** The best published makespan of ta`number`, and whether nothing shorter exists. */
export function bestKnownOf(number: number): { readonly makespan: number; readonly isOptimal: boolean } {
  const best = must(BEST_KNOWN[number - 1], `ta${number}`);
  return typeof best === 'number'
    ? { makespan: best, isOptimal: true }
    : { makespan: best[1], isOptimal: false };
}

/** What native CP-SAT reached of ta`number` in ten minutes; null where that is not known here. */
export const cpSatOf = (number: number): number | null => CP_SAT[number - 21] ?? null;

/** The job shop ta`number` in the public file format. */
export function taillard(number: number) {
  const { jobs, machines, seeds } = must(RECIPES[Math.floor((number - 1) / 10)], `ta${number}`);
  const [times, routes] = must(seeds[(number - 1) % 10], `ta${number}`);
  const time = generator(times);
  const route = generator(routes);
  const durations = Array.from({ length: jobs * machines }, () => time(1, 99));
  const data = Array.from({ length: jobs }, (_, job) => {
    const order = Array.from({ length: machines }, (__, machine) => machine);
    for (let k = 0; k < machines; k += 1) {
      const other = route(k + 1, machines) - 1;
      [order[k], order[other]] = [must(order[other], 'a machine'), must(order[k], 'a machine')];
    }
    return order.map((machine, operation) => ({
      job,
      operation,
      machine,
      duration: must(durations[job * machines + operation], 'a duration'),
    }));
  });
  return { instance: `ta${String(number).padStart(2, '0')}`, data: data.flat() };
}

/** Whole numbers from a to b by the generator of Lewis, Goodman & Miller (1969) that Taillard used. */
function generator(seed: number): (a: number, b: number) => number {
  const modulus = 2 ** 31 - 1;
  let state = seed;
  return (a, b) => {
    state = (16_807 * state) % modulus;
    return Math.floor(a + (state / modulus) * (b - a + 1));
  };
}
