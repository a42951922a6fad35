"""The model of ENGINE.md part 2 (SQS-1) in SimPy 3, for comparison. Usage: sqs1.py COUNT"""
import random
import sys
import time

import simpy


class Message:
    __slots__ = ("poison", "receives", "receipt", "deleted")

    def __init__(self, poison):
        self.poison = poison
        self.receives = 0
        self.receipt = 0
        self.deleted = False


def run(count):
    rng = random.Random(1)
    env = simpy.Environment()
    ready = simpy.Store(env)
    totals = {"processed": 0, "dead": 0, "receipts": 0}

    def expire(message):
        yield env.timeout(60)
        message.deleted = True

    def reappear(message, receipt):
        yield env.timeout(2)
        if not message.deleted and message.receipt == receipt:
            ready.put(message)

    def producer():
        for _ in range(count):
            yield env.timeout(rng.expovariate(1000))
            message = Message(rng.random() < 0.01)
            env.process(expire(message))
            ready.put(message)

    def consumer():
        while True:
            get = ready.get()
            yield get | env.timeout(20)
            if not get.triggered:
                get.cancel()
                continue
            message = get.value
            if message.deleted:
                continue
            if message.receives >= 3:
                totals["dead"] += 1
                message.deleted = True
                continue
            message.receives += 1
            totals["receipts"] += 1
            receipt = message.receipt = totals["receipts"]
            env.process(reappear(message, receipt))
            yield env.timeout(rng.expovariate(125))
            if not message.poison and message.receipt == receipt:
                message.deleted = True
                totals["processed"] += 1

    env.process(producer())
    for _ in range(10):
        env.process(consumer())
    env.run(until=count / 1000 + 10)
    return totals


if __name__ == "__main__":
    size = int(sys.argv[1])
    start = time.perf_counter()
    result = run(size)
    print(size / (time.perf_counter() - start), result["processed"], result["dead"])
