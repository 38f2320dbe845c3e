/**
 * Whether somebody has handed in a diagnosis, and may so see what would have told it. Kept in the machine's own memo, so that the next service and
 * the machine after a reset know it too. Knows no check and no socket.
 */
import type { Lab } from '../../labs/schema.ts'
import { type LivePolicy, liveCountersShown } from '../counters/rights.ts'
import type { Link } from '../link.ts'
import { recall } from '../machine.ts'

export interface DiagnosisOptions {
  lab: Lab
  /** Who may see the counters live; as the lab says when not told. */
  policy?: LivePolicy
  changed(liveCounters: boolean): void
}

const memo = 'diagnosed'

export class Diagnosis {
  readonly #options: DiagnosisOptions
  #made = false

  constructor(options: DiagnosisOptions) {
    this.#options = options
  }

  get liveCounters(): boolean {
    const { lab, policy } = this.#options
    return liveCountersShown({ lab, diagnosed: this.#made, policy })
  }

  /** It was judged just now. */
  async made(link: Link): Promise<void> {
    this.#know()
    await this.remember(link)
  }

  /** In both directions: a machine after a reset is told, and an earlier service's machine tells. */
  async remember(link: Link): Promise<void> {
    if (this.#made) await link.memoSet(memo, '1')
    else if ((await recall(link, memo)) !== null) this.#know()
  }

  #know(): void {
    this.#made = true
    this.#options.changed(this.liveCounters)
  }
}
