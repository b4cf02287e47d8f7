/** Whether the application's database takes what is written to it. */
@NullMarked
package io.eventagents.database;

import org.jspecify.annotations.NullMarked;
