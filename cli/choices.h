// Choices: options whose values have names, which help lists.
#pragma once

#include <CLI/CLI.hpp>
#include <map>
#include <string>

namespace cairn::cli {

// `option` takes the names of `values` and nothing else.
template <typename Value>
CLI::Option* AddChoices(CLI::Option* option,
                        const std::map<std::string, Value>& values) {
  std::string names;
  for (const auto& [name, value] : values) {
    names += (names.empty() ? "{" : ",") + name;
  }
  CLI::CheckedTransformer check(values);
  check.description(names + "}");
  return option->type_name("NAME")->transform(check);
}

}  // namespace cairn::cli
