"""A bot as one would write it in Python: klines by websockets, messages by python-telegram-bot, no ledger, no recovery.

It takes the options of extgap-bot that the measurements use, and passes over the others. For each closed candle it looks for an external gap
(the `simple` algorithm of docs/strategy.md), logs it in extgap-bot's words and sends one message, before it looks at the next candle. Before it
connects it asks REST for the contract, as extgap-bot does.

    bot.py --detector COUNT     prints how many candles a second its detector does instead
"""

import argparse
import asyncio
import datetime
import inspect
import json
import os
import random
import signal
import sys
import time
from decimal import Decimal


class Detector:
    """Highest low and lowest high, each with the bar that set it."""

    def __init__(self):
        self.bearish = self.bullish = None

    def closed(self, open_time, high, low):
        """Takes a candle; returns (polarity, level, opening bar) where it makes a gap."""
        if self.bearish is None:
            self.bearish, self.bullish = (low, open_time), (high, open_time)
            return None
        if low > self.bearish[0]:
            self.bearish = (low, open_time)
        if high < self.bullish[0]:
            self.bullish = (high, open_time)
        if high < self.bearish[0]:
            found = ("bearish", *self.bearish)
        elif low > self.bullish[0]:
            found = ("bullish", *self.bullish)
        else:
            return None
        self.bearish, self.bullish = (low, open_time), (high, open_time)
        return found


def iso(milliseconds):
    time_ = datetime.datetime.fromtimestamp(milliseconds / 1000, datetime.timezone.utc)
    return time_.strftime("%Y-%m-%dT%H:%M:%S.") + f"{milliseconds % 1000:03d}+00:00"


def messenger(url):
    import telegram

    bot = telegram.Bot(os.environ["TELEGRAM_BOT_TOKEN"], base_url=f"{url}/bot")
    chats = os.environ["TELEGRAM_CHAT_IDS"].split(",")

    async def send(text):
        for chat in chats:
            # Version 13, which Debian 12 has, blocks; version 20 does not.
            if inspect.iscoroutinefunction(bot.send_message):
                await bot.send_message(chat_id=chat, text=text, parse_mode="HTML")
            else:
                bot.send_message(chat_id=chat, text=text, parse_mode="HTML")

    return send


async def follow(options):
    import aiohttp
    import websockets

    async with aiohttp.ClientSession() as session:
        async with session.get(f"{options.api_url}/fapi/v1/exchangeInfo") as answer:
            symbols = {symbol["symbol"] for symbol in (await answer.json())["symbols"]}
    if options.symbol not in symbols:
        sys.exit(f"the exchange has no {options.symbol}")

    send = messenger(options.telegram_url)
    detector, sequence, trend = Detector(), 0, None
    stream = f"{options.stream_url}/market/stream?streams={options.symbol.lower()}@kline_{options.timeframe}"
    async with websockets.connect(stream) as socket:
        print("Connected", flush=True)
        async for text in socket:
            kline = json.loads(text)["data"]["k"]
            if not kline["x"]:
                continue
            found = detector.closed(kline["t"], Decimal(kline["h"]), Decimal(kline["l"]))
            if found is None:
                continue
            polarity, level, opening = found
            sequence = sequence + 1 if polarity == trend else 1
            trend = polarity
            print(f"gap detected: {polarity} #{sequence} at {level}, from {iso(opening)} to {iso(kline['T'])}", flush=True)
            await send(f"<b>{polarity.upper()} #{sequence}</b>\n{options.symbol} {options.timeframe}\nLevel {level}")


def measure(count):
    generator, price, candles = random.Random(1), 800_000, []
    for number in range(count):
        close = price + generator.randint(-20, 20)
        high = max(price, close) + generator.randint(0, 8)
        low = min(price, close) - generator.randint(0, 8)
        candles.append((number, Decimal(high) / 10, Decimal(low) / 10))
        price = close
    detector, began = Detector(), time.perf_counter()
    found = sum(detector.closed(*candle) is not None for candle in candles)
    rate = count / (time.perf_counter() - began)
    print(f"{rate:.0f} candles/s, {100 * found / count:.0f} % gaps", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--detector", type=int)
    parser.add_argument("--symbol", default="BTCUSDT")
    parser.add_argument("--timeframe", default="1m")
    parser.add_argument("--stream-url")
    parser.add_argument("--api-url")
    parser.add_argument("--telegram-url")
    options, _ = parser.parse_known_args()
    if options.detector:
        measure(options.detector)
        return
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    asyncio.run(follow(options))


main()
