@NullMarked
package io.eventagents.web;

import org.jspecify.annotations.NullMarked;
