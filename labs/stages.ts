/**
 * The stages of a packet's path from the wire to the app, in order. The journey map draws them, a diagnosis names one.
 * Knows nothing of labs, chapters or pictures.
 */
export const stages = [
  { id: 'wire', name: 'Wire' },
  { id: 'ring', name: 'Receive ring' },
  { id: 'irq', name: 'Interrupt' },
  { id: 'softirq', name: 'Softirq' },
  { id: 'ip', name: 'IP and netfilter' },
  { id: 'conntrack', name: 'Conntrack' },
  { id: 'syn-queue', name: 'SYN queue' },
  { id: 'accept-queue', name: 'Accept queue' },
  { id: 'socket-buffer', name: 'Socket buffer' },
  { id: 'epoll', name: 'epoll and accept' },
  { id: 'puma', name: 'Puma' },
  { id: 'app', name: 'App' },
] as const

export type StageId = (typeof stages)[number]['id']
export const stageIds = stages.map((stage) => stage.id) as [StageId, ...StageId[]]
