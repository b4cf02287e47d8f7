/** Makes chains of events for trying out what is made for many of them. */
@NullMarked
package io.eventagents.local.generator;

import org.jspecify.annotations.NullMarked;
