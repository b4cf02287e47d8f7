/** Pages in a real browser, for the browser tests of all modules. */
@NullMarked
package io.eventagents.browser;

import org.jspecify.annotations.NullMarked;
