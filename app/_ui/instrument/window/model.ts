/**
 * A connection whose receiver reads slowly, or not at all: what lies in the receive buffer, which window comes out of it, and how far back that
 * is felt. Counts bytes in steps of one round trip; knows no congestion control, no line and no loss, and a buffer that does not grow.
 *
 * The rules are the kernel's (6.12): tcp_select_initial_window, __tcp_select_window and tcp_select_window (net/ipv4/tcp_output.c),
 * __tcp_cleanup_rbuf (net/ipv4/tcp.c), tcp_win_from_space with TCP_DEFAULT_SCALING_RATIO (include/net/tcp.h): half of a buffer's memory is data.
 */
export interface WindowSettings {
  [knob: string]: number
  /** Bytes: what ss -m calls rb. */
  buffer: number
  /** Bytes a second that the program reads. */
  reads: number
  /** Milliseconds. */
  roundTrip: number
}

export interface WindowState {
  ms: number
  trips: number
  /** The client's program has still to write so many. */
  unwritten: number
  /** In the client's send buffer, not acknowledged. */
  held: number
  /** In the server's receive buffer, not read: Recv-Q. */
  unread: number
  read: number
  /** What the sender may send now. */
  window: number
  /** What the receiver has said last. */
  offered: number
  /** What came in the last round trip. */
  came: number
  /** TcpExtTCPToZeroWindowAdv */
  zeroAdvertised: number
}

export const mss = 1448
/** The unit of the window field, with 6 MB as the third number of tcp_rmem. */
export const windowScale = 7
/** What a client of the chapter's had to send, and what its kernel held of that when the window was closed. */
export const upload = 20_000_000
export const sendBuffer = 1_182_848
/** In 256ths. */
const scalingRatio = 128

export const windowFromSpace = (space: number): number => Math.floor((space * scalingRatio) / 256)

/** tcp_select_initial_window: whole segments, and no more than the SYN-ACK's unscaled field can say. */
export function initialWindow(buffer: number): number {
  const space = windowFromSpace(buffer)
  return Math.min(space > mss ? roundedDown(space, mss) : space, 65_535)
}

export function startWindow({ buffer }: WindowSettings): WindowState {
  const held = Math.min(sendBuffer, upload)
  return {
    ms: 0,
    trips: 0,
    unwritten: upload - held,
    held,
    unread: 0,
    read: 0,
    window: initialWindow(buffer),
    offered: initialWindow(buffer),
    came: 0,
    zeroAdvertised: 0,
  }
}

/** A window's worth leaves and arrives, segment by segment; meanwhile the program reads, at an even pace. */
export function stepWindow(state: WindowState, settings: WindowSettings): WindowState {
  if (windowSettled(state, settings)) return state
  const came = Math.min(state.window, state.held)
  const segments = Math.max(1, Math.ceil(came / mss))
  const share = (index: number) => Math.round((readable(settings) * index) / segments)
  let now: Receiver = { ...state, unacked: 0 }
  for (let index = 1; index <= segments; index++) {
    now = arrive(now, Math.min(mss, came - (index - 1) * mss), index === segments, settings)
    now = reads(now, share(index) - share(index - 1), settings)
  }
  const written = Math.min(state.unwritten, sendBuffer - (state.held - came))
  const { unacked: _, ...receiver } = now
  return {
    ...receiver,
    ms: state.ms + settings.roundTrip,
    trips: state.trips + 1,
    unwritten: state.unwritten - written,
    held: state.held - came + written,
    came,
  }
}

/** The receiver within one step: `unacked` segments have come since its last ACK. */
type Receiver = WindowState & { unacked: number }

/** An ACK for every second segment and for the last. */
function arrive(state: Receiver, bytes: number, isLast: boolean, { buffer }: WindowSettings): Receiver {
  const now = {
    ...state,
    unread: state.unread + bytes,
    window: state.window - bytes,
    unacked: state.unacked + 1,
  }
  if (bytes === 0 || (now.unacked < 2 && !isLast)) return now
  return offer(now, advertised(now.window, buffer, now.unread))
}

function reads(state: Receiver, bytes: number, { buffer }: WindowSettings): Receiver {
  const taken = Math.min(state.unread, bytes)
  if (taken === 0) return state
  const now = { ...state, unread: state.unread - taken, read: state.read + taken }
  const news = afterRead(now.window, buffer, now.unread)
  return news === null ? now : offer(now, news)
}

const offer = (state: Receiver, window: number): Receiver => ({
  ...state,
  window,
  offered: window,
  unacked: 0,
  zeroAdvertised: state.zeroAdvertised + (window === 0 && state.offered > 0 ? 1 : 0),
})

const readable = ({ reads, roundTrip }: WindowSettings): number => Math.round((reads * roundTrip) / 1000)

/** All is read, or nobody reads and the window is shut: then only probes go on, and they change nothing. */
export const windowSettled = ({ read, window, held }: WindowState, settings: WindowSettings): boolean =>
  read === upload || (window === 0 && held > 0 && readable(settings) === 0)

/** The client's write() waits: it has more, and its kernel takes no more. */
export const writeWaits = ({ unwritten, held }: WindowState): boolean => unwritten > 0 && held === sendBuffer

/** tcp_select_window: an offer is never taken back. */
const advertised = (left: number, buffer: number, unread: number): number => {
  const wanted = selectWindow(buffer, unread)
  return wanted < left ? roundedUp(left) : wanted
}

/** __tcp_select_window, without memory pressure and with window scaling. */
export function selectWindow(buffer: number, unread: number): number {
  const full = windowFromSpace(buffer)
  const segment = Math.min(mss, full)
  let free = windowFromSpace(buffer - memoryOf(unread))
  if (free < full >> 1) {
    free = roundedDown(free, 1 << windowScale)
    if (free < full >> 4 || free < segment) return 0
  }
  return roundedUp(free)
}

/** __tcp_cleanup_rbuf: good news is sent for itself only when the window has at least doubled. */
function afterRead(window: number, buffer: number, unread: number): number | null {
  if (2 * window > windowFromSpace(buffer)) return null
  const news = selectWindow(buffer, unread)
  return news > 0 && news >= 2 * window ? news : null
}

/** What waiting bytes occupy, if half of it is data. */
export const memoryOf = (bytes: number): number => Math.floor((bytes * 256) / scalingRatio)

const roundedDown = (value: number, unit: number): number => value - (value % unit)
const roundedUp = (value: number): number => Math.ceil(value / (1 << windowScale)) * (1 << windowScale)
