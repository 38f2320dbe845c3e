/**
 * The course as it is planned: every chapter's slug, in reading order. A lab may belong to a chapter that is not written yet; then it is found on
 * the course page alone. Knows no file.
 */
export const outline = [
  'the-other-95-percent',
  'nic',
  'rss',
  'softirq',
  'ip',
  'conntrack',
  'syn-queue',
  'accept-queue',
  'reuseport',
  'socket-buffer',
  'epoll',
  'userspace',
  'symptoms',
  'incident',
] as const
