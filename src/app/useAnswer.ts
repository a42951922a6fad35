/** Asks the engine again and again while time runs, and once after each change while it stands. */
import { useEffect, useRef, useState } from 'react'
import type { Answer, Question } from '../worker/protocol.ts'
import { useApp, useAppRun } from './useApp.ts'

type AnswerTo<Q extends Question> = Extract<Answer, { about: Q['about'] }>

/**
 * The newest answer to the question; undefined before the first. The last answer stays while the
 * next is awaited, also to a question of the same kind about something else.
 * @param question null asks nothing.
 * @param everyMs wall time between two questions while the run plays.
 */
export function useAnswer<Q extends Question>(
  question: Q | null,
  everyMs = 400,
): AnswerTo<Q> | undefined {
  const { ask } = useAppRun()
  const playing = useApp((state) => state.play.status === 'playing')
  const moment = useApp((state) => state.moment)
  const [answer, setAnswer] = useState<AnswerTo<Q>>()
  const key = JSON.stringify(question)
  const newest = useRef(question)
  newest.current = question

  useEffect(() => {
    let over = false
    let timer: ReturnType<typeof setTimeout> | undefined
    async function again(): Promise<void> {
      const asked = newest.current
      if (!asked) return
      const answered = await ask(asked)
      if (over) return
      if (isAnswerTo(asked, answered)) setAnswer(() => answered)
      if (playing) timer = setTimeout(() => void again(), everyMs)
    }
    void again()
    return () => {
      over = true
      clearTimeout(timer)
    }
  }, [ask, key, playing, moment, everyMs])

  return question ? answer : undefined
}

const isAnswerTo = <Q extends Question>(question: Q, answer: Answer): answer is AnswerTo<Q> =>
  answer.about === question.about
