import { must } from '#shared/base/must.ts';

/**
 * The job shops of Taillard (1993, Benchmarks for basic scheduling problems, EJOR 64), made as he made them: durations of
 * 1 to 99 and a shuffled route per job from two linear congruential generators. Numbered from ta01.
 */

interface Recipe {
  readonly jobs: number;
  readonly machines: number;
  /** Of ten job shops, of each the seed of its durations and that of its routes. */
  readonly seeds: string;
}

const RECIPES: readonly Recipe[] = [
  {
    jobs: 15,
    machines: 15,
    seeds: `840612802 398197754 1314640371 386720536 1227221349 316176388 342269428 1806358582 1603221416 1501949241
            1357584978 1734077082 44531661 1374316395 302545136 2092186050 1153780144 1393392374 73896786 1544979948`,
  },
  {
    jobs: 20,
    machines: 15,
    seeds: `533484900 317419073 1894307698 1474268163 874340513 509669280 1124986343 1209573668 1463788335 529048107
            1056908795 25321885 195672285 1717580117 961965583 1353003786 1610169733 1734469503 532794656 998486810`,
  },
  {
    jobs: 20,
    machines: 20,
    seeds: `1035939303 773961798 5997802 1872541150 1357503601 722225039 806159563 1166962073 1902815253 1879990068
            1503184031 1850351876 1032645967 99711329 229894219 1158117804 823349822 108033225 1297900341 489486403`,
  },
  {
    jobs: 30,
    machines: 15,
    seeds: `98640593 1981283465 1839268120 248890888 573875290 2081512253 1670898570 788294565 1118914567 1074349202
            178750207 294279708 1549372605 596993084 798174738 151685779 553410952 1329272528 1661531649 1173386294`,
  },
  {
    jobs: 30,
    machines: 20,
    seeds: `1841414609 1357882888 2116959593 1546338557 796392706 1230864158 532496463 254174057 2020525633 978943053
            524444252 185526083 1569394691 487269855 1460267840 1631446539 198324822 1937476577 38071822 1541985579`,
  },
  {
    jobs: 50,
    machines: 15,
    seeds: `17271 718939 660481279 449650254 352229765 949737911 1197518780 166840558 1376020303 483922052
            2106639239 955932362 1765352082 1209982549 1105092880 1349003108 907248070 919544535 2011630757 1845447001`,
  },
  {
    jobs: 50,
    machines: 20,
    seeds: `8493988 2738939 1991925010 709517751 342093237 786960785 1634043183 973178279 341706507 286513148
            320167954 1411193018 1089696753 298068750 433032965 1589656152 615974477 331205412 236150141 592292984`,
  },
  {
    jobs: 100,
    machines: 20,
    seeds: `302034063 1203569070 1437643198 1692025209 1792475497 1039908559 1647273132 1012841433 696480901 1689682358
            1785569423 1092647459 117806902 739059626 1639154709 1319962509 2007423389 749368241 682761130 262763021`,
  },
];

/** The shortest makespans that anybody has published (jsplib, 2026), from ta01 on; a star where it is not proven that nothing is shorter. */
const BEST_KNOWN = listed(`
  1231 1244 1218 1175 1224 1238 1227 1217 1274 1241
  1357 1367 1342 1345 1339 1360 1462 1396 1332 1348
  1642 1600 1557 1644 1595 1643 1680 1603 1625 1584*
  1764 1783* 1791 1828 2007 1819 1771 1673 1795 1669*
  2005* 1937* 1846* 1978* 1997 2002* 1889* 1937* 1960* 1923*
  2760 2756 2717 2839 2679 2781 2943 2885 2655 2723
  2868 2869 2755 2702 2725 2845 2825 2784 3071 2995
  5464 5181 5568 5339 5392 5342 5436 5394 5358 5183`);

/** What native CP-SAT published of ta21 to ta50 after ten minutes (jsplib, 2026). */
const CP_SAT = listed(`
  1667 1609 1580 1646 1625 1691 1709 1620 1647 1603
  1766 1852 1841 1855 2007 1823 1820 1720 1795 1717
  2082 2002 1944 2056 2019 2082 1991 2002 2043 2023`);

function listed(text: string): string[] {
  return text.trim().split(/\s+/);
}

export const TAILLARD_COUNT = BEST_KNOWN.length;

/** The best published makespan of ta`number`, and whether nothing shorter exists. */
export function bestKnownOf(number: number): { readonly makespan: number; readonly isOptimal: boolean } {
  const best = must(BEST_KNOWN[number - 1], `ta${number}`);
  return { makespan: Number.parseInt(best, 10), isOptimal: !best.endsWith('*') };
}

/** What native CP-SAT reached of ta`number` in ten minutes; null where that is not known here. */
export function cpSatOf(number: number): number | null {
  const reached = CP_SAT[number - 21];
  return reached === undefined ? null : Number(reached);
}

/** The job shop ta`number` in the public file format. */
export function taillard(number: number) {
  const { jobs, machines, seeds } = must(RECIPES[Math.floor((number - 1) / 10)], `ta${number}`);
  const [times, routes] = listed(seeds).slice(((number - 1) % 10) * 2);
  const time = generator(Number(times));
  const route = generator(Number(routes));
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
