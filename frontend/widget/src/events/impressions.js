/** Part of a product that has to be in view, and for how long, to be seen (the usual measure of the trade). */
const PART = 0.5;
const SEEN_MS = 1000;

/**
 * Calls `seen(node)` once for each node that stood in view for a second. `watch(node)` begins with one;
 * a page in the background sees nothing.
 * @param {(node: Element) => void} seen
 */
export function impressions(seen) {
  /** @type {Map<Element, number>} */
  const inView = new Map();

  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, intersectionRatio } of entries) {
        if (intersectionRatio >= PART) begin(target);
        else stop(target);
      }
    },
    { threshold: PART },
  );

  function begin(node) {
    clearTimeout(inView.get(node));
    inView.set(node, document.hidden ? 0 : setTimeout(() => done(node), SEEN_MS));
  }

  function stop(node) {
    clearTimeout(inView.get(node));
    inView.delete(node);
  }

  function done(node) {
    stop(node);
    observer.unobserve(node);
    seen(node);
  }

  function shown() {
    for (const [node, timer] of inView) {
      clearTimeout(timer);
      begin(node);
    }
  }

  document.addEventListener("visibilitychange", shown);
  return {
    watch: (node) => observer.observe(node),
    end() {
      observer.disconnect();
      inView.forEach((timer) => clearTimeout(timer));
      inView.clear();
      document.removeEventListener("visibilitychange", shown);
    },
  };
}
