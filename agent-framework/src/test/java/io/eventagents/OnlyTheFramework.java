package io.eventagents;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;

/** The framework's own classes, without its tests and the servers that those start. */
final class OnlyTheFramework implements ImportOption {

  private static final ImportOption NO_TESTS = ImportOption.Predefined.DO_NOT_INCLUDE_TESTS;

  @Override
  public boolean includes(Location location) {
    return NO_TESTS.includes(location)
        && !location.contains("/embedded/")
        && !location.contains("/test/");
  }
}
