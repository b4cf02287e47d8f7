/** Sets the framework up from what the application has. */
@NullMarked
package io.eventagents.autoconfigure;

import org.jspecify.annotations.NullMarked;
