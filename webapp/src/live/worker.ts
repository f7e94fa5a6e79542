/** The entry of the web worker: the sync logic beside the page, so that typing never waits for it. */
import {answer} from './answer';
import type {Question} from './messages';

self.onmessage = async ({data}: MessageEvent<Question>) => self.postMessage(await answer(data));
