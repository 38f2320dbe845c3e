/**
 * A recorded check, with all that makes storing hard: numbers at the edge, keys in an order, text as a broken terminal gives it.
 */
import type { Given } from '../../labs/schema.ts'
import type { CheckResponse } from '../../sandbox/protocol/requests.ts'

export const answers: Given = {
  stage: 'accept-queue',
  counter: 'TcpExtListenOverflows',
  value: 901,
  limit: 8,
  why: 'Send-Q is 8 – “the limit in force” ✓',
}

export function recordedCheck(status: CheckResponse['verdict']['status'] = 'pass', seed = 7): CheckResponse {
  return {
    verdict: {
      lab: 'accept-queue',
      seed,
      status,
      score: status === 'pass' ? 100 : 33.333333333333336,
      maxScore: 100,
      criteria: [
        {
          id: 'world-served',
          kind: 'behaviour',
          title: 'The clients are served',
          status,
          points: status === 'pass' ? 100 : 33.333333333333336,
          maxPoints: 100,
          feedback: 'Of 200 requests 200 were answered.',
          evidence: [{ label: 'answered', before: '117 of 200', after: '200 of 200' }],
        },
      ],
      timings: { startMs: 412.5, breakMs: 120, fixMs: 0, checkMs: 6210.25 },
    },
    before: { zulu: 1, alpha: [0.1, 1e21, -0.5, 4096], nested: { $type: 'DateTime', value: 'not one' } },
    after: {
      ss: 'LISTEN 0 1024\u0000\u001b[31m\ud800 ümlaut 漢字 🥊',
      results: Array.from({ length: 2_000 }, (_, index) => ({
        outcome: 'ok',
        connectUs: index * 3,
        head: null,
      })),
    },
    work: {
      commands: [
        { at: 41, line: 'ss -lnt' },
        { at: 72, line: 'nstat -az | grep -i listen' },
        { at: null, line: 'echo \ufffd[31m naïve 漢字 🥊 ↵ date' },
        { at: 190, line: 'systemctl restart puma' },
      ],
      older: false,
    },
  }
}
