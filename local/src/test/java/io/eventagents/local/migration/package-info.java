/** How the tables of all applications may change. */
@NullMarked
package io.eventagents.local.migration;

import org.jspecify.annotations.NullMarked;
