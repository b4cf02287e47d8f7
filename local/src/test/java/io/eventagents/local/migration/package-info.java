/** Rules for changes to the tables of all applications. */
@NullMarked
package io.eventagents.local.migration;

import org.jspecify.annotations.NullMarked;
