package io.eventagents.audit.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;

/**
 * What WCAG 2 AA asks of every page and can be told by looking: contrast, names, unique ids, a
 * language, headings, and no scrolling to the side.
 */
final class Accessibility {

  private static final String CHECK =
      """
      () => {
        const found = [];
        const where = e => e.tagName.toLowerCase() + (e.id ? '#' + e.id : '')
          + (e.getAttribute('class') ? '.' + e.getAttribute('class') : '') + ' "' + e.textContent.trim().slice(0, 40) + '"';
        const parse = c => { const m = c.match(/[\\d.]+/g).map(Number); return m.length > 3 ? m : [...m, 1]; };
        const over = (a, b) => [0, 1, 2].map(i => a[i] * a[3] + b[i] * (1 - a[3])).concat(1);
        const light = c => { const [r, g, b] = c.slice(0, 3).map(v => { v /= 255;
          return v <= 0.03928 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4); });
          return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
        const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
        const ground = e => { const above = []; for (let n = e; n; n = n.parentElement) {
            const c = parse(getComputedStyle(n).backgroundColor); if (c[3] > 0) { above.push(c); if (c[3] === 1) break; } }
          return above.reverse().reduce((b, c) => over(c, b), [255, 255, 255, 1]); };
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        for (let n = walker.nextNode(); n; n = walker.nextNode()) {
          const e = n.parentElement;
          if (!n.textContent.trim() || ['TITLE', 'title', 'desc', 'SCRIPT'].includes(e.tagName)) continue;
          const style = getComputedStyle(e), box = e.getBoundingClientRect();
          if (style.visibility === 'hidden' || box.width === 0 || e.closest('[hidden], .unseen, .skip')) continue;
          if (e.closest('button:disabled')) continue;
          const svg = e.closest('svg') !== null;
          const size = parseFloat(style.fontSize), bold = parseInt(style.fontWeight) >= 700;
          const needed = size >= 24 || (bold && size >= 18.66) ? 3 : 4.5;
          const back = ground(svg ? e.closest('svg').parentElement : e);
          const got = ratio(over(parse(svg ? style.fill : style.color), back), back);
          if (got < needed) found.push('contrast ' + got.toFixed(2) + ' of ' + where(e));
        }
        const name = e => (e.getAttribute('aria-label') || e.textContent || e.title || '').trim()
          || (e.labels && e.labels.length > 0) || e.getAttribute('aria-labelledby');
        document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, progress').forEach(e => {
          if (!e.closest('[hidden]') && !name(e)) found.push('no name: ' + where(e)); });
        document.querySelectorAll('svg').forEach(e => {
          if (!e.querySelector('title') || !e.querySelector('desc')) found.push('drawing without a title: ' + where(e)); });
        document.querySelectorAll('svg[viewBox] text').forEach(e => {
          const box = e.getBBox(), all = e.ownerSVGElement.viewBox.baseVal;
          if (box.x < all.x || box.x + box.width > all.x + all.width) found.push('cut off in its drawing: ' + e.textContent); });
        const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
        new Set(ids.filter((id, i) => ids.indexOf(id) !== i)).forEach(id => found.push('id twice: ' + id));
        document.querySelectorAll('[aria-labelledby]').forEach(e => e.getAttribute('aria-labelledby').split(' ').forEach(id => {
          if (!document.getElementById(id)) found.push('label that is not there: ' + id); }));
        document.querySelectorAll('table').forEach(e => { if (!e.querySelector('th[scope]')) found.push('table without heads'); });
        if (!document.documentElement.lang) found.push('no language');
        if (!document.title) found.push('no title');
        if (document.querySelectorAll('h1').length !== 1) found.push('not one h1: ' + document.querySelectorAll('h1').length);
        if (document.documentElement.scrollWidth > window.innerWidth) found.push('scrolls to the side: ' + document.documentElement.scrollWidth);
        return found;
      }
      """;

  private Accessibility() {}

  static void check(Page page, String form) {
    assertThat(page.evaluate(CHECK)).as(form + " " + page.url()).isEqualTo(List.of());
  }
}
