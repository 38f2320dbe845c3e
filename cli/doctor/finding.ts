/**
 * What the doctor says of one thing. Knows no check.
 */

export interface Finding {
  id: string
  title: string
  status: 'ok' | 'warn' | 'fail'
  detail: string
  remedy: string | null
}

/** What a check says; its id and title stand in the list. */
export type Answer = Pick<Finding, 'status' | 'detail'> & { remedy?: string }
