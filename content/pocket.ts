/**
 * The pocket: every command of the course, with what its columns mean. Every output is of a machine of ours (kernel 6.12.118, iproute2 6.15.0,
 * ethtool 6.14.2, conntrack 1.4.8), mostly of the lab first-look. Meanings are those of the kernel's source; `content check` holds each name
 * against the output. One that chapters show is missing: Puma's own stats need a control server, which the labs' Puma has not. Knows no page.
 */
import { links } from './pocket/links.ts'
import { processes } from './pocket/processes.ts'
import { sockets } from './pocket/sockets.ts'
import { stack } from './pocket/stack.ts'
import type { PocketCommand } from './pocket-schema.ts'

/** From the wire to the app. */
export const pocket: readonly PocketCommand[] = [...links, ...stack, ...sockets, ...processes]
