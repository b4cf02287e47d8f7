@NullMarked
package io.eventagents.outbox;

import org.jspecify.annotations.NullMarked;
