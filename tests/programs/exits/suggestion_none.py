"""Nothing similar: no suggestion."""
completely_unrelated_name_zzz
