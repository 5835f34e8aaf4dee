"""What may be asked about travellers at our posts."""
