// Fetches and unpacks the memory that Python begins with, beside Python's worker, which reads wheels meanwhile.
import { file } from "./layer.js";

self.onmessage = async ({ data: about }) => {
  try {
    const answer = await file(about, (more) => self.postMessage({ more }));
    const bytes = await new Response(answer.body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
    self.postMessage({ bytes }, [bytes]);
  } catch (problem) { self.postMessage({ problem: String(problem.message ?? problem) }); }
};
