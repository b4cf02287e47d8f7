@NullMarked
package io.eventagents.dispatch;

import org.jspecify.annotations.NullMarked;
