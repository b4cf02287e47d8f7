/** How long tasks take, by owner and priority: timers for Prometheus, and a small page. */
@NullMarked
package examples.analytics;

import org.jspecify.annotations.NullMarked;
