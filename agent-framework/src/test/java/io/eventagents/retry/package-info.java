@NullMarked
package io.eventagents.retry;

import org.jspecify.annotations.NullMarked;
