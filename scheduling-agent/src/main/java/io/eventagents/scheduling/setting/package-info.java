/** Checks that several settings share. */
@NullMarked
package io.eventagents.scheduling.setting;

import org.jspecify.annotations.NullMarked;
