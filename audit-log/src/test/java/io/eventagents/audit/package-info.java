@NullMarked
package io.eventagents.audit;

import org.jspecify.annotations.NullMarked;
