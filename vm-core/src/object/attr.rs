//! Attribute look-up: type attributes through the MRO, instance attributes, descriptors.
