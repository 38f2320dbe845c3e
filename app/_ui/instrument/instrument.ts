/**
 * What an instrument in a chapter is: a model that is stepped by hand or by a clock outside of it, the knobs that a reader may turn, and how
 * its state is drawn and told. Models know no time, no chance and no React: the same settings and steps always give the same numbers.
 */
import type { ReactNode } from 'react'

/** Every knob has a number; a switch has 0 or 1. */
export type Settings = Record<string, number>

export interface Knob {
  id: string
  label: string
  /** The values that can be had, in order: each key press leads to the next. A switch has none. */
  stops?: readonly number[]
  show?(value: number): string
  /** Turning it makes a new start, as the machine's own knob would. */
  restarts?: boolean
}

export interface Reading {
  label: string
  value: string
  /** Something was lost here. */
  lost?: boolean
}

/** How the interface and the interpreter of steps see an instrument; written with methods, so that each can name its own settings and state. */
export interface Instrument<S extends Settings = Settings, T = unknown> {
  id: string
  title: string
  /** What the model leaves out or assumes. It stands on the instrument's face. */
  model: string
  /** What one step is: "one poll". */
  unit: string
  /** How long a step stays on the screen when it plays. */
  periodMs: number
  knobs: readonly Knob[]
  defaults: S
  start(settings: S): T
  step(state: T, settings: S): T
  /** Nothing will move any more unless a knob is turned. */
  settled(state: T, settings: S): boolean
  Picture(props: { state: T; settings: S }): ReactNode
  readings(state: T, settings: S): Reading[]
  /** The state in one or two sentences, for those who do not see the picture. */
  summary(state: T, settings: S): string
}

/** From, from + step, … up to and with `to`. */
export const stops = (from: number, to: number, step: number): number[] =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step)

/** From, twice that, … up to and with `to`. */
export const doublings = (from: number, to: number): number[] =>
  from > to ? [] : [from, ...doublings(from * 2, to)]
