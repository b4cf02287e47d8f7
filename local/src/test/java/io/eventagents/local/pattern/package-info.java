/** Finds every regular expression of the main code, and runs those that read foreign text. */
@NullMarked
package io.eventagents.local.pattern;

import org.jspecify.annotations.NullMarked;
