@NullMarked
package examples.analytics;

import org.jspecify.annotations.NullMarked;
