/** Every regular expression of the main code, and what the ones do that meet foreign text. */
@NullMarked
package io.eventagents.local.pattern;

import org.jspecify.annotations.NullMarked;
