/** Prints the page it stands on. */
'use client'
import { Button } from '../control/Button.tsx'

export const PrintButton = ({ word }: { word: string }) => <Button onClick={() => print()}>{word}</Button>
